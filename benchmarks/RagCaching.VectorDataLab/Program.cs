using System.Globalization;
using Npgsql;
using RagCaching;
using RagCaching.VectorData.Tests.Postgres;
using RagCaching.VectorDataLab;

// Measures the adapter over PostgreSQL with pgvector beside the store in memory, in one process, with the same entries and questions.
//
//   dotnet run -c Release --project benchmarks/RagCaching.VectorDataLab -- [connection string]
//
// Without a connection string, npm installs PGlite and node runs it: a PostgreSQL in WebAssembly, slower than a real one.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using var process = new PgliteProcess();
await using var source = NpgsqlDataSource.Create(args.Length > 0 ? args[0] : await process.StartAsync());
var schema = $"lab_{Guid.NewGuid():N}";
await using var adapter = new VectorDataStore(new PgVectorStore(source, schema), new VectorDataOptions { Dimensions = Workload.Dimensions });
using var memory = new InMemoryVectorStore();
Console.WriteLine($"{Workload.Entries:N0} entries x {Workload.Dimensions} dimensions in one partition, payloads of {Workload.PayloadBytes:N0} bytes, {Workload.Questions:N0} questions near stored ones");

var workload = new Workload();
var (reference, database) = (new Measurement("in memory", memory), new Measurement("adapter", adapter));
await reference.FillAsync(workload);
await database.FillAsync(workload);
for (var round = 1; round <= Workload.Rounds; round++)
{
    await reference.SearchAsync(workload, round);
    await database.SearchAsync(workload, round);
}

Console.WriteLine($"search, ratio of the medians: {database.MedianSearch / reference.MedianSearch:N1}");
Console.WriteLine($"top-1 agrees: {Workload.AgreementOf(reference, database):P1}");
await using var drop = source.CreateCommand($"drop schema \"{schema}\" cascade");
await drop.ExecuteNonQueryAsync();
