-- Names the history that the server replicates: another one after a fail-over or a restart.
-- KEYS[1] state; ARGV[1] how far versions move on. A server that took over may lack the last changes: it must not give their versions to other changes.
local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)') or ''
local known = redis.call('HGET', KEYS[1], 'history')
if history ~= '' and known ~= history and redis.call('EXISTS', KEYS[1]) == 1 then
    redis.call('HSET', KEYS[1], 'history', history)
    if known then
        redis.call('HINCRBY', KEYS[1], 'version', ARGV[1])
    end
end
return history
