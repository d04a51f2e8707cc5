using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using RagCaching.AspNetCore.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RagCaching.AspNetCore.Tests.Browser;

/// <summary>The list of stored answers, the money, and marks that reach the error budget, by keyboard alone.</summary>
[Trait("Category", "Browser")]
public sealed class StoredAnswersTests
{
    [Fact]
    public async Task Page_ShowsMoneyAndTheStore()
    {
        await using var browser = await ChromiumPage.OpenAsync(await StartAsync(options => options.Prices.Add(new ModelPrice { Model = "gpt-test", InputPerMillionTokens = 5, OutputPerMillionTokens = 15 })));
        var page = browser.Page;

        await Expect(Figure(page, "Net benefit")).ToContainTextAsync("0.008");
        await Expect(Figure(page, "Model calls saved")).ToContainTextAsync("1,200 tokens");
        await Expect(Figure(page, "Stored")).ToContainTextAsync("0 evicted or expired");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "gpt-test 1 1,200 0.008" })).ToBeVisibleAsync();
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Button_PressedTwice_IsDoneOnce()
    {
        await using var browser = await ChromiumPage.OpenAsync(await StartAsync());
        var page = browser.Page;
        var (sent, isHeld) = (0, new TaskCompletionSource());
        await page.RouteAsync("**/curate", async route =>
        {
            sent++;
            await isHeld.Task;
            await route.ContinueAsync();
        });
        await page.GetByLabel("Question to answer").FillAsync("Who wrote it?");
        await page.GetByLabel("Answer", new() { Exact = true }).FillAsync("Nobody knows.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Store the answer" }).DblClickAsync();
        isHeld.SetResult();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("stored");
        Assert.Equal(1, sent);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Page_ShowsTheTimeThatNobodyWaited()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var host = await StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        for (var i = 0; i < 2; i++)
        {
            await host.AskAsync("How long does it take?", () =>
            {
                time.Advance(TimeSpan.FromSeconds(83.25));
                return Task.CompletedTask;
            });
        }

        await using var browser = await ChromiumPage.OpenAsync(host);

        await Expect(Figure(browser.Page, "Waiting saved")).ToContainTextAsync("1 min 23 s");
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Answers_ByKeyboardAlone_AreEditedPinnedAndRemoved()
    {
        var host = await StartAsync();
        await host.AskAsync("Another question?");
        await using var browser = await ChromiumPage.OpenAsync(host);
        var page = browser.Page;
        var list = page.GetByRole(AriaRole.List, new() { Name = "Stored answers" });
        var status = page.GetByRole(AriaRole.Status);

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit: answer 2" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("New text of answer 2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByLabel("New text of answer 2")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit: answer 2" }).PressAsync("Enter");
        await page.GetByLabel("New text of answer 2").FillAsync("Paris, since 987.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(status).ToContainTextAsync("Answer 2 is edited");
        await Expect(list.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Curated");
        Assert.Equal("Paris, since 987.", (await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).Response?.Text);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pin: answer 2" }).PressAsync("Space");
        await Expect(status).ToContainTextAsync("Answer 2 is pinned");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pin:" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: answer 1" }).PressAsync("Enter");
        await Expect(status).ToHaveTextAsync("Answer 1 is removed.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit: answer 1" })).ToBeFocusedAsync();
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        Assert.False((await host.Cache.LookupAsync("Another question?", TestContext.Current.CancellationToken)).IsHit);
        Assert.Empty(browser.Faults);
    }

    [Fact]
    public async Task Marks_OnThePage_ReachTheBudget()
    {
        var (host, question, served) = await OwnerHost.StartLearntAsync(onPort: true);
        await using var browser = await ChromiumPage.OpenAsync(host);
        var before = host.Labels;

        var wrong = browser.Page.GetByRole(AriaRole.List, new() { Name = "Matches to be marked" }).GetByRole(AriaRole.Listitem).First.GetByRole(AriaRole.Button, new() { Name = "Wrong: match" });
        await wrong.PressAsync("Enter");
        await Expect(browser.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("is marked wrong");

        Assert.Equal(before + 1, host.Labels);
        Assert.NotEqual(served.EntryId, (await host.Cache.LookupAsync(question, TestContext.Current.CancellationToken)).EntryId);
    }

    [Fact]
    public async Task Page_OverAHundredThousandAnswers_ShowsTheNewestAndTurns()
    {
        const int Answers = 100_000;
        var host = await StartAsync(services: services => services.Configure<InMemoryVectorStoreOptions>(options => options.MaxEntries = 3 * Answers));
        var imported = await host.Services.GetRequiredService<ISemanticCacheTransfer>().ImportAnswersAsync(
            Enumerable.Range(0, Answers).Select(i => new ImportedAnswer { Question = $"Question number {i}?", Answer = $"Answer {i}.", Scope = CacheScope.Shared }).ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Answers, imported.Stored);

        await using var browser = await ChromiumPage.OpenAsync(host);
        var list = browser.Page.GetByRole(AriaRole.List, new() { Name = "Stored answers" });
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(20);

        // Told, and decides nothing. Again, since the first time is that of the browser's start.
        var started = Stopwatch.GetTimestamp();
        await browser.Page.ReloadAsync();
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(20);
        TestContext.Current.TestOutputHelper!.WriteLine($"The page over {Answers} answers, loaded and filled: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms.");
        await Expect(Figure(browser.Page, "Stored")).ToContainTextAsync("100,001");
        var first = await list.GetByRole(AriaRole.Listitem).First.InnerTextAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Older answers" }).PressAsync("Enter");
        await Expect(browser.Page.GetByRole(AriaRole.Button, new() { Name = "Newest" })).ToBeVisibleAsync();
        await Expect(list.GetByRole(AriaRole.Listitem).First).Not.ToHaveTextAsync(first);

        started = Stopwatch.GetTimestamp();
        var page = await host.GetPageAsync("/entries?limit=20");
        TestContext.Current.TestOutputHelper!.WriteLine($"One page of the list: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F1} ms.");
        Assert.Equal(20, page.GetProperty("entries").GetArrayLength());
        Assert.NotNull(page.GetProperty("next").GetString());
    }

    private static ILocator Figure(IPage page, string term) => page.GetByRole(AriaRole.Term).Filter(new() { HasText = term }).Locator("xpath=following-sibling::dd");

    private static async Task<OwnerHost> StartAsync(Action<SemanticCacheOptions>? cache = null, Action<IServiceCollection>? services = null)
    {
        var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true, cache, services, onPort: true);
        await host.AskAsync();
        return host;
    }
}
