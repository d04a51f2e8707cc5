using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace RagCaching.VectorData.Tests.Postgres;

/// <summary>A vector database: the tables of one schema of a PostgreSQL with pgvector.</summary>
internal sealed class PgVectorStore(NpgsqlDataSource source, string schema) : VectorStore
{
    public override VectorStoreCollection<object, Record> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) => new PgVectorCollection(source, schema, name, definition);

    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand("select table_name from information_schema.tables where table_schema = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        await using var reader = await PgErrors.RunAsync(() => command.ExecuteReaderAsync(cancellationToken));
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return reader.GetString(0);
        }
    }

    public override async Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand("select count(*) from information_schema.tables where table_schema = $1 and table_name = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return (long)(await PgErrors.RunAsync(() => command.ExecuteScalarAsync(cancellationToken)))! > 0;
    }

    public override async Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"drop table if exists \"{schema}\".\"{name}\"");
        await PgErrors.RunAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null) =>
        throw new NotSupportedException("Dynamic collections only.");
}
