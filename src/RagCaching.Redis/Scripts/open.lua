-- Makes the state of a journal if there is none, and returns it.
-- KEYS[1] state, KEYS[2] index; ARGV: new incarnation, key check, model, dimensions, format
if redis.call('EXISTS', KEYS[1]) == 0 then
    -- Entries may have outlived an evicted state: versions go on after theirs.
    local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
    local version = last[2] or '0'
    redis.call('HSET', KEYS[1], 'incarnation', ARGV[1], 'version', version, 'trimmed', version, 'removal', version,
        'key', ARGV[2], 'model', ARGV[3], 'dimensions', ARGV[4], 'format', ARGV[5])
elseif redis.call('HGET', KEYS[1], 'key') == ARGV[2] then
    for field, value in pairs({ model = ARGV[3], dimensions = ARGV[4] }) do
        if value ~= '' and redis.call('HGET', KEYS[1], field) == '' then
            redis.call('HSET', KEYS[1], field, value)
        end
    end
end
return redis.call('HMGET', KEYS[1], 'incarnation', 'version', 'trimmed', 'removal', 'key', 'model', 'dimensions', 'format')
