using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching.Engines.Tests.Replay;
using RagCaching.Engines.Tests.Sqlite;

namespace RagCaching.Engines.Tests;

/// <summary>Mistakes in the registration of a journal stop the start of the host, and say how to mend them.</summary>
public sealed class JournalRegistrationTests : IDisposable
{
    private readonly TestFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("sqlite", "SqliteJournalOptions.Path")]
    [InlineData("redis", "RedisJournalOptions.Name")]
    [InlineData("postgres", "PostgresJournalOptions.Schema")]
    public async Task Start_TwoCachesInOneJournal_NamesBothAndTheSetting(string engine, string setting)
    {
        using var host = NewHost(builder => Use(builder, engine), builder => Use(builder, engine));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains("the default cache and the cache 'faq'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwoCachesInJournalsOfTheirOwn_Starts()
    {
        using var host = NewHost(builder => builder.UseSqliteJournal(_file.Path), builder => builder.UseSqliteJournal(_file.Path + "2"));

        await host.StartAsync(Token);
        await host.StopAsync(Token);

        Assert.True(File.Exists(_file.Path + "2"));
    }

    [Fact]
    public async Task Start_FolderThatIsNotThere_NamesTheSettingAndTheFolder()
    {
        using var host = NewHost(builder => builder.UseSqliteJournal(Path.Combine(_file.Folder, "missing", "cache.db")), null);

        var exception = await Assert.ThrowsAsync<JournalMismatchException>(() => host.StartAsync(Token));

        Assert.Contains("SqliteJournalOptions.Path: the folder", exception.Message, StringComparison.Ordinal);
        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
    }

    // Nobody may write into this folder, not even the user that may write everywhere.
    [Fact]
    public async Task Start_FolderThatCannotBeWritten_NamesTheSettingAndTheFile()
    {
        using var host = NewHost(builder => builder.UseSqliteJournal("/proc/self/cache.db"), null);

        var exception = await Assert.ThrowsAsync<JournalMismatchException>(() => host.StartAsync(Token));

        Assert.Contains("SqliteJournalOptions.Path", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/proc/self/cache.db", exception.Message, StringComparison.Ordinal);
    }

    private static IHost NewHost(Action<IRagCachingBuilder> useDefault, Action<IRagCachingBuilder>? useKeyed)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddingGenerator(new WordEmbeddings());
        useDefault(builder.Services.AddRagCaching());
        useKeyed?.Invoke(builder.Services.AddKeyedRagCaching("faq"));
        return builder.Build();
    }

    private IRagCachingBuilder Use(IRagCachingBuilder builder, string engine) => engine switch
    {
        "sqlite" => builder.UseSqliteJournal(_file.Path),
        "redis" => builder.UseRedisJournal("127.0.0.1:1"),
        _ => builder.UsePostgresJournal("Host=127.0.0.1;Port=1;Username=u"),
    };
}
