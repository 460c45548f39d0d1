-- The generic cell rate algorithm (ITU-T I.371): one number a key, the theoretical arrival time of the next
-- request, in microseconds of Redis' own clock, so that processes with different clocks agree.
-- KEYS[1] the counter; ARGV[1] microseconds between requests, ARGV[2] the window in microseconds, ARGV[3] how many
-- requests are counted together.
-- Answers {allowed, remaining, microseconds until one is allowed, microseconds until all are}.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local window = tonumber(ARGV[2])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next = arrival + interval * tonumber(ARGV[3])
local wait = next - window - now
if wait > 0 then
  return {0, 0, math.ceil(wait), math.ceil(arrival - now)}
end
-- Written out in full: the default form of a number of this size drops its last digits.
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1)
return {1, math.floor((window - (next - now)) / interval + 0.000001), 0, math.ceil(next - now)}
