-- Store what devices report, with the store's time, and remove devices that have been silent too long.
-- KEYS  1 devices  hash: device -> "<at in ms> <fields as JSON>"
--       2 times    sorted set: device by the time of its last report
-- ARGV  1 age      after how many ms of silence a device is forgotten
--       2.. pairs  device, fields as JSON, device, fields as JSON, ...
-- Gives the number of devices swept.

local devices, times = KEYS[1], KEYS[2]
local age = tonumber(ARGV[1])
local first_pair = 2

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

for pair = first_pair, #ARGV, 2 do
  redis.call('HSET', devices, ARGV[pair], string.format('%d %s', now, ARGV[pair + 1]))
  redis.call('ZADD', times, now, ARGV[pair])
end
-- a report from the future was made before the clock was set back
local gone = redis.call('ZRANGEBYSCORE', times, '-inf', now - age, 'LIMIT', 0, 1000)
local unborn = redis.call('ZRANGEBYSCORE', times, string.format('(%d', now + age), '+inf', 'LIMIT', 0, 1000)
for _, silent in ipairs({gone, unborn}) do
  for _, device in ipairs(silent) do
    redis.call('HDEL', devices, device)
    redis.call('ZREM', times, device)
  end
end
redis.call('PEXPIRE', devices, age)
redis.call('PEXPIRE', times, age)
return #gone + #unborn
