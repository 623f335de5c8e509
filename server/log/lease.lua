-- Take, renew or give back a lease.
-- KEYS  1 lease    string with expiry: the holder
-- ARGV  1 holder   who asks
--       2 ttl      for how many ms; 0: give it back
-- A lease that seems to last longer than the longest allowed was taken before the clock was set back; it counts as ended.
-- Gives {holder, until in ms of the store's time}; {"", now} if nobody holds it afterwards.

local lease = KEYS[1]
local holder = ARGV[1]
local ttl = tonumber(ARGV[2])
local longest = 600000

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local current = redis.call('GET', lease)
local left = redis.call('PTTL', lease)
if current and current ~= holder and left <= longest then
  return {current, now + left}
end
if ttl > 0 then
  redis.call('SET', lease, holder, 'PX', ttl)
  return {holder, now + ttl}
end
redis.call('DEL', lease)
return {'', now}
