-- A write on the log's own key that only the replicas hear of: nothing of it stays, and nothing is written to the store's file.
redis.set_repl(redis.REPL_REPLICA)
if redis.call('PEXPIRE', KEYS[1], 1000000000000) == 1 then
  return redis.call('PERSIST', KEYS[1])
end
redis.call('SET', KEYS[1], '')
return redis.call('DEL', KEYS[1])
