-- Compare and append: write a batch if the log's tail is the one the caller has folded. Writes all rows or none.
-- KEYS  1 log      stream of one office; entry <seq>-0, fields m (mark) and b (body)
-- ARGV  1 seq      number of the expected tail, 0 for an empty log
--       2 mark     its mark, "" for an empty log
--       3 first    number of the first row: seq + 1; of rows that are put back into an empty log any
--       4.. rows   mark, body, mark, body, ...; none: only compare
-- Gives {1 if the tail was the expected one else 0, tail seq, tail mark, store time in ms}, the tail after the write.

local log = KEYS[1]
local seq = tonumber(ARGV[1])
local mark = ARGV[2]
local first = tonumber(ARGV[3])
local first_row = 4

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local tail_seq, tail_mark = 0, ''
local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
if last then
  tail_seq = tonumber(string.match(last[1], '^%d+'))
  tail_mark = last[2][2]
end
if tail_seq ~= seq or tail_mark ~= mark then
  return {0, tail_seq, tail_mark, now}
end

if ARGV[first_row] then
  seq = first - 1
end
for row = first_row, #ARGV, 2 do
  seq = seq + 1
  mark = ARGV[row]
  redis.call('XADD', log, string.format('%d-0', seq), 'm', mark, 'b', ARGV[row + 1])
end
return {1, seq, mark, now}
