using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MyVectorStore = RagCaching.InMemoryVectorStore;

namespace RagCaching.Testing.Tests.Documentation;

public sealed class MyVectorStoreTests
{
    public static TheoryData<string> Checks => [.. VectorStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Store_KeepsTheContract(string check) => VectorStoreConformance.Find(check).RunAsync(CreateAsync, TestContext.Current.CancellationToken);

    private static ValueTask<VectorStoreSubject> CreateAsync(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time).BuildServiceProvider();
        return new(new VectorStoreSubject(new MyVectorStore(services: services), time, time.Advance));
    }
}

internal static class WithoutAFramework
{
    public static async Task<int> RunAllAsync(Func<CancellationToken, ValueTask<VectorStoreSubject>> createAsync)
    {
        var failed = 0;
        foreach (var check in VectorStoreConformance.Checks)
        {
            try
            {
                await check.RunAsync(createAsync);
            }
            catch (ConformanceException exception)
            {
                failed++;
                Console.Error.WriteLine(exception.Message);
            }
        }

        return failed;
    }
}
