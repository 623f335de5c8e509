-- A write that only the replicas hear of: nothing is written to the store's file, and what it leaves is an empty string.
redis.set_repl(redis.REPL_REPLICA)
return redis.call('SET', KEYS[1], '')
