using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Npgsql;
using NpgsqlTypes;

namespace RagCaching.VectorData.Tests.Postgres;

/// <summary>A collection in a table. Vectors travel as text, which loses nothing of them.</summary>
internal sealed class PgVectorCollection(NpgsqlDataSource source, string schema, string name, VectorStoreCollectionDefinition definition) : VectorStoreCollection<object, Record>
{
    private readonly VectorStoreProperty[] _properties = [.. definition.Properties];

    public override string Name => name;

    private string Table => $"\"{schema}\".\"{name}\"";

    private VectorStoreVectorProperty Vector => _properties.OfType<VectorStoreVectorProperty>().Single();

    private VectorStoreKeyProperty Key => _properties.OfType<VectorStoreKeyProperty>().Single();

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => new PgVectorStore(source, schema).CollectionExistsAsync(name, cancellationToken);

    public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        var columns = _properties.Select(property => $"\"{property.Name}\" {TypeOf(property)}{(property is VectorStoreKeyProperty ? " primary key" : "")}");
        var statements = new List<string> { "create extension if not exists vector", $"create schema if not exists \"{schema}\"", $"create table if not exists {Table} ({string.Join(", ", columns)})" };
        statements.AddRange(_properties.OfType<VectorStoreDataProperty>().Where(property => property.IsIndexed).Select(property =>
            $"create index if not exists \"{name}_{property.Name}\" on {Table} {(property.Type == typeof(List<string>) ? "using gin " : "")}(\"{property.Name}\")"));
        if (Vector.IndexKind == IndexKind.Hnsw)
        {
            statements.Add($"create index if not exists \"{name}_hnsw\" on {Table} using hnsw (\"{Vector.Name}\" vector_cosine_ops)");
        }

        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await PgErrors.RunAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
        }
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => new PgVectorStore(source, schema).EnsureCollectionDeletedAsync(name, cancellationToken);

    public override async Task<Record?> GetAsync(object key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"select {Columns(options?.IncludeVectors == true)} from {Table} where \"{Key.Name}\" = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        await foreach (var record in ReadAsync(command, cancellationToken))
        {
            return record;
        }

        return null;
    }

    public override async IAsyncEnumerable<Record> GetAsync(IEnumerable<object> keys, RecordRetrievalOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"select {Columns(options?.IncludeVectors == true)} from {Table} where \"{Key.Name}\" = any($1)");
        command.Parameters.Add(Keys(keys));
        await foreach (var record in ReadAsync(command, cancellationToken))
        {
            yield return record;
        }
    }

    public override async IAsyncEnumerable<Record> GetAsync(
        Expression<Func<Record, bool>> filter, int top, FilteredRecordRetrievalOptions<Record>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand();
        command.CommandText = $"select {Columns(options?.IncludeVectors == true)} from {Table} where {SqlFilter.Translate(filter, command.Parameters)} limit {top}";
        await foreach (var record in ReadAsync(command, cancellationToken))
        {
            yield return record;
        }
    }

    public override async IAsyncEnumerable<VectorSearchResult<Record>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Record>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand();
        var filter = options?.Filter is { } expression ? SqlFilter.Translate(expression, command.Parameters) : "true";
        command.Parameters.Add(Text((ReadOnlyMemory<float>)(object)searchValue));
        var distance = $"\"{Vector.Name}\" <=> ${command.Parameters.Count}::vector";

        // Only what is returned is read whole: as a list of columns beside the order, every vector of the partition would be written as text before the sort.
        var nearest = $"select \"{Key.Name}\" as \"nearest\", {distance} as \"distance\" from {Table} where {filter} order by {distance} limit {top}";
        command.CommandText = $"select {Columns(options?.IncludeVectors == true)}, \"distance\" from ({nearest}) n join {Table} on \"{Key.Name}\" = \"nearest\" order by \"distance\"";
        await foreach (var record in ReadAsync(command, cancellationToken))
        {
            record.Remove("distance", out var score);
            yield return new VectorSearchResult<Record>(record, (double?)score);
        }
    }

    public override Task UpsertAsync(Record record, CancellationToken cancellationToken = default) => UpsertAsync([record], cancellationToken);

    // Batches of inserts: the copy protocol ends the server that the tests use.
    public override async Task UpsertAsync(IEnumerable<Record> records, CancellationToken cancellationToken = default)
    {
        var names = string.Join(", ", _properties.Select(property => $"\"{property.Name}\""));
        var values = string.Join(", ", _properties.Select((property, i) => property is VectorStoreVectorProperty ? $"${i + 1}::vector" : $"${i + 1}"));
        var changes = string.Join(", ", _properties.Select(property => $"\"{property.Name}\" = excluded.\"{property.Name}\""));
        await using var batch = source.CreateBatch();
        foreach (var record in records)
        {
            var command = new NpgsqlBatchCommand($"insert into {Table} ({names}) values ({values}) on conflict (\"{Key.Name}\") do update set {changes}");
            foreach (var property in _properties)
            {
                command.Parameters.Add(record[property.Name] is ReadOnlyMemory<float> vector ? Text(vector) : new NpgsqlParameter { Value = record[property.Name] });
            }

            batch.BatchCommands.Add(command);
        }

        await PgErrors.RunAsync(() => batch.ExecuteNonQueryAsync(cancellationToken));
    }

    public override Task DeleteAsync(object key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    public override async Task DeleteAsync(IEnumerable<object> keys, CancellationToken cancellationToken = default)
    {
        await using var command = source.CreateCommand($"delete from {Table} where \"{Key.Name}\" = any($1)");
        command.Parameters.Add(Keys(keys));
        await PgErrors.RunAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    private NpgsqlParameter Keys(IEnumerable<object> keys) => new() { Value = Key.Type == typeof(Guid) ? keys.Cast<Guid>().ToArray() : keys.Cast<string>().ToArray() };

    private static NpgsqlParameter Text(ReadOnlyMemory<float> vector) => new()
    {
        Value = $"[{string.Join(',', vector.ToArray().Select(component => component.ToString("R", CultureInfo.InvariantCulture)))}]",
        NpgsqlDbType = NpgsqlDbType.Text,
    };

    private static ReadOnlyMemory<float> Parse(string text) => text[1..^1].Split(',').Select(component => float.Parse(component, CultureInfo.InvariantCulture)).ToArray();

    private static string TypeOf(VectorStoreProperty property) => property switch
    {
        VectorStoreVectorProperty vector => $"vector({vector.Dimensions})",
        { Type: var type } when type == typeof(string) => "text",
        { Type: var type } when type == typeof(long) => "bigint",
        { Type: var type } when type == typeof(byte[]) => "bytea",
        { Type: var type } when type == typeof(Guid) => "uuid",
        { Type: var type } when type == typeof(List<string>) => "text[]",
        _ => throw new NotSupportedException($"Property '{property.Name}' has unsupported type '{property.Type}'."),
    };

    private string Columns(bool withVector) => string.Join(", ", _properties.Select(property => property switch
    {
        VectorStoreVectorProperty when !withVector => null,
        VectorStoreVectorProperty => $"\"{property.Name}\"::text as \"{property.Name}\"",
        _ => $"\"{property.Name}\"",
    }).OfType<string>());

    private async IAsyncEnumerable<Record> ReadAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await PgErrors.RunAsync(() => command.ExecuteReaderAsync(cancellationToken));
        while (await PgErrors.RunAsync(() => reader.ReadAsync(cancellationToken)))
        {
            var record = new Record();
            for (var i = 0; i < reader.FieldCount; i++)
            {
                record[reader.GetName(i)] = reader.GetName(i) == Vector.Name ? Parse(reader.GetString(i))
                    : _properties.FirstOrDefault(property => property.Name == reader.GetName(i))?.Type == typeof(List<string>) ? reader.GetFieldValue<List<string>>(i)
                    : reader.GetValue(i);
            }

            yield return record;
        }
    }
}
