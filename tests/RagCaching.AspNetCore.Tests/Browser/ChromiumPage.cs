using Microsoft.Playwright;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Browser;

/// <summary>The owner's page in a real browser. Skips where none is installed.</summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    private readonly OwnerHost _host;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChromiumPage(OwnerHost host, IPlaywright playwright, IBrowser browser, IPage page) => (_host, _playwright, _browser, Page) = (host, playwright, browser, page);

    public IPage Page { get; }

    /// <summary>What the page wrote to the console as an error, what its script threw, and what its policy kept from loading.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The addresses that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<ChromiumPage> OpenAsync(OwnerHost host, int width = 1_600, ColorScheme scheme = ColorScheme.Light)
    {
        var executable = Find();
        Assert.SkipWhen(executable is null, "chromium is not installed.");

        // A busy machine takes long; only a page that is wrong takes longer.
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox"], Timeout = 120_000 });
        var page = await browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            ExtraHTTPHeaders = new Dictionary<string, string> { [HeaderAuthentication.Header] = "owner" },
        });
        var opened = new ChromiumPage(host, playwright, browser, page);
        page.SetDefaultTimeout(120_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                opened.Faults.Add(message.Text);
            }
        };
        page.PageError += (_, error) => opened.Faults.Add(error);
        page.Request += (_, request) => opened.Requests.Add(request.Url);
        await page.GotoAsync(host.Address + "/rag-cache", new() { WaitUntil = WaitUntilState.NetworkIdle });
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _host.DisposeAsync();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser") }).FirstOrDefault(File.Exists);
}
