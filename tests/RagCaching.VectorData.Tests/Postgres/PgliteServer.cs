using Npgsql;
using RagCaching.VectorData.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PgliteServer))]

namespace RagCaching.VectorData.Tests.Postgres;

/// <summary>
/// A PostgreSQL with pgvector for all tests of the assembly: the server that <c>RAGCACHING_VECTORDATA_POSTGRES</c> names by its connection string, else PGlite, whose start takes up to a quarter of a
/// minute.
/// </summary>
public sealed class PgliteServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly List<string> _schemas = [];
    private PgliteProcess? _process;
    private NpgsqlDataSource? _source;

    /// <summary>Starts the server if it is not running, or skips the test where there is none to start.</summary>
    /// <returns>A vector database in a schema of its own.</returns>
    internal async Task<PgVectorStore> NewStoreOrSkipAsync()
    {
        var given = Environment.GetEnvironmentVariable("RAGCACHING_VECTORDATA_POSTGRES");
        Assert.SkipUnless(given is not null || PgliteProcess.IsPossible, "node and npm, which run PostgreSQL with pgvector, are not installed.");
        await _starting.WaitAsync();
        try
        {
            _source ??= NpgsqlDataSource.Create(given ?? await (_process = new PgliteProcess()).StartAsync());
            var schema = $"test_{Guid.NewGuid():N}";
            _schemas.Add(schema);
            return new PgVectorStore(_source, schema);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is { } source)
        {
            // A server that somebody else runs is left as it was.
            foreach (var schema in _process is null ? _schemas : [])
            {
                await using var command = source.CreateCommand($"drop schema if exists \"{schema}\" cascade");
                await command.ExecuteNonQueryAsync();
            }

            await source.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _starting.Dispose();
    }
}
