using Microsoft.Extensions.VectorData;
using Npgsql;

namespace RagCaching.VectorData.Tests.Postgres;

/// <summary>Reports what the database says as connectors do.</summary>
internal static class PgErrors
{
    public static async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (NpgsqlException exception)
        {
            throw new VectorStoreException("The call of the database failed.", exception) { VectorStoreSystemName = "postgresql" };
        }
    }
}
