-- Trim a log: delete what lies before an entry, but never the last entry.
-- KEYS  1 log      stream of one office
-- ARGV  1 before   rows with a lower seq go
-- Gives how many rows went.

local log = KEYS[1]
local before = tonumber(ARGV[1])

local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
if not last then
  return 0
end
local tail_seq = tonumber(string.match(last[1], '^%d+'))
return redis.call('XTRIM', log, 'MINID', string.format('%d-0', math.min(before, tail_seq)))
