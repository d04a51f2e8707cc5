using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RagCaching.AspNetCore.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RagCaching.AspNetCore.Tests.Browser;

/// <summary>The page as its users meet it: by role and text, by keyboard alone, in both themes, narrow and wide.</summary>
[Trait("Category", "Browser")]
public sealed class OwnerPageTests
{
    [Fact]
    public async Task Page_ShowsWhatTheCacheDid()
    {
        await using var browser = await OpenAsync();
        var page = browser.Page;

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Answers from the cache", Level = 1 })).ToBeVisibleAsync();
        await Expect(Figure(page, "Hit rate")).ToHaveTextAsync("33.3 %");
        await Expect(Figure(page, "Requests")).ToContainTextAsync("since the start");
        await Expect(Figure(page, "Served by meaning")).ToHaveTextAsync("1");
        await Expect(Figure(page, "To be marked")).ToHaveTextAsync("2");
        await Expect(Figure(page, "Wrong among served")).ToContainTextAsync("no limit is set");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Outcomes: Miss 2, Semantic hit 1" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "2 matches: 1 served, 1 refused; cut-off 0.90" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Below threshold 0.880" })).ToContainTextAsync(OwnerHost.Spain);
        Assert.Empty(browser.Faults);
        Assert.All(browser.Requests, url => Assert.True(url.StartsWith("http://127.0.0.1", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
    }

    [Fact]
    public async Task Page_WithALimit_ShowsItsBound()
    {
        await using var browser = await OpenAsync(cache: options => (options.MinimumSimilarity, options.ErrorBudget) = (null, new ErrorBudgetOptions { MaxErrorRate = 0.03 }));

        await Expect(Figure(browser.Page, "Wrong among served")).ToContainTextAsync("≤ 100.0 %");
        await Expect(Figure(browser.Page, "Wrong among served")).ToContainTextAsync("limit 3.0 %");
    }

    [Fact]
    public async Task Page_WithoutSensitiveData_ShowsLengths()
    {
        await using var browser = await OpenAsync(options => options.EnableSensitiveData = false);

        await Expect(browser.Page.GetByRole(AriaRole.List, new() { Name = "Matches to be marked" })).ToContainTextAsync($"hidden, {OwnerHost.Spain.Length} characters");
        await Expect(browser.Page.GetByRole(AriaRole.Button, new() { Name = "Export" })).ToBeHiddenAsync();
        Assert.DoesNotContain("capital", await browser.Page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Queue_ByKeyboardAlone_TakesMarks()
    {
        var host = await StartAsync();
        await using var browser = await ChromiumPage.OpenAsync(host);
        var page = browser.Page;

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the matches to be marked" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Right: match 3" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Match 3 is marked wrong.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Wrong: match 2" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Matches to be marked" })).ToContainTextAsync("Nothing waits to be marked.");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Right or wrong?" })).ToBeFocusedAsync();

        Assert.Equal(SemanticCacheReason.ReportedWrong, (await host.Cache.LookupAsync(OwnerHost.Reworded, TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task Removal_IsCountedBeforeItIsDone()
    {
        var host = await StartAsync();
        await using var browser = await ChromiumPage.OpenAsync(host);
        var page = browser.Page;

        await page.GetByLabel("Tag", new() { Exact = true }).FillAsync("geography");
        await page.Keyboard.PressAsync("Enter");
        var confirm = page.GetByRole(AriaRole.Button, new() { Name = "Remove 1 answers" });
        await Expect(confirm).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 answers would be removed.");
        Assert.True((await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).IsHit);

        // Another filter has to be counted anew.
        await page.GetByLabel("Tag", new() { Exact = true }).FillAsync("geograph");
        await Expect(confirm).ToBeHiddenAsync();
        await page.GetByLabel("Tag", new() { Exact = true }).FillAsync("geography");
        await page.Keyboard.PressAsync("Enter");
        await confirm.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 answers are removed.");
        Assert.False((await host.Cache.LookupAsync(OwnerHost.France, TestContext.Current.CancellationToken)).IsHit);
    }

    [Fact]
    public async Task Forms_ExplainAndStore_AndShowProblems()
    {
        var host = await StartAsync();
        await using var browser = await ChromiumPage.OpenAsync(host);
        var page = browser.Page;

        await page.GetByLabel("Question", new() { Exact = true }).FillAsync(OwnerHost.Spain);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Explanation" })).ToContainTextAsync("Below threshold, similarity 0.880");

        await page.GetByLabel("Question to answer").FillAsync(OwnerHost.Spain);
        await page.GetByLabel("Answer", new() { Exact = true }).FillAsync("Madrid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the answer" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The answer is stored as");
        Assert.Equal("Madrid", (await host.Cache.LookupAsync(OwnerHost.Spain, TestContext.Current.CancellationToken)).Response?.Text);

        await page.GetByLabel("Id of the answer").FillAsync("<b>");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("'entryId' is no id of a stored answer");
    }

    [Fact]
    public async Task Export_DownloadsTheAnswers()
    {
        await using var browser = await OpenAsync();

        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).PressAsync("Enter"));

        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains(OwnerHost.France, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ByWhoIsSignedOut_SavesNoPageToSignIn()
    {
        var host = await StartAsync(services: services => services.AddSingleton<IStartupFilter>(new Before((context, next) =>
        {
            if (context.Request.Path == "/sign-in")
            {
                return context.Response.WriteAsync("Who are you?");
            }

            if (context.Request.Path.Value!.EndsWith("/export", StringComparison.Ordinal))
            {
                context.Response.Redirect("/sign-in");
                return Task.CompletedTask;
            }

            return next(context);
        })));
        await using var browser = await ChromiumPage.OpenAsync(host);

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).PressAsync("Enter");

        await Expect(browser.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("You are signed out. Load this page again to sign in.");
    }

    [Fact]
    public async Task StoredText_IsNeverMarkup()
    {
        var host = await StartAsync();
        const string Attack = "<img src=x onerror=\"document.title='owned'\">";
        await host.Cache.StoreAsync(new SemanticCacheQuery("zero " + Attack), new(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, "x")), TestContext.Current.CancellationToken);
        await host.Manager.FlushAsync(TestContext.Current.CancellationToken);
        await host.Cache.LookupAsync(Attack, TestContext.Current.CancellationToken);
        await using var browser = await ChromiumPage.OpenAsync(host);

        await Expect(browser.Page.GetByRole(AriaRole.List, new() { Name = "Matches to be marked" })).ToContainTextAsync(Attack);
        Assert.Equal(0, await browser.Page.Locator("img").CountAsync());
        Assert.Empty(browser.Faults);
    }

    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(1_600, ColorScheme.Light)]
    [InlineData(1_600, ColorScheme.Dark)]
    public async Task Page_InEachThemeAndWidth_FitsAndIsReadable(int width, ColorScheme scheme)
    {
        var host = await StartAsync();
        await using var browser = await ChromiumPage.OpenAsync(host, width, scheme);
        var page = browser.Page;

        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        foreach (var heading in await page.GetByRole(AriaRole.Heading).AllAsync())
        {
            await Expect(heading).ToBeVisibleAsync();
        }

        // Text against what is behind it, as WCAG 2 measures it: at least 4.5 to 1.
        Assert.Empty(await page.EvaluateAsync<string[]>(ContrastScript.Text));
        if (Environment.GetEnvironmentVariable("RAGCACHING_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"owner-{width}-{scheme}.png"), FullPage = true });
        }
    }

    private static ILocator Figure(IPage page, string term) => page.GetByRole(AriaRole.Term).Filter(new() { HasText = term }).Locator("xpath=following-sibling::dd");

    private static async Task<OwnerHost> StartAsync(Action<RagCachingEndpointOptions>? configure = null, Action<SemanticCacheOptions>? cache = null, Action<IServiceCollection>? services = null)
    {
        var host = await OwnerHost.StartAsync(
            options =>
            {
                options.EnableSensitiveData = true;
                configure?.Invoke(options);
            },
            cache,
            services,
            onPort: true);
        await host.AskAsync();
        return host;
    }

    private static async Task<ChromiumPage> OpenAsync(Action<RagCachingEndpointOptions>? configure = null, Action<SemanticCacheOptions>? cache = null) => await ChromiumPage.OpenAsync(await StartAsync(configure, cache));
}
