using System.Net;
using RagCaching.FetchData;
using RagCaching.FetchData.Sources;

namespace RagCaching.Quality.Tests.FetchData;

/// <summary>What comes over the wire is bounded, compared with its digest, and whole or not there.</summary>
public sealed class DownloadsTests : IDisposable
{
    private const string DigestOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static readonly Uri Address = new("https://example.com/a");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-downloads-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.FullName, "source", "a");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task File_OfItsDigest_IsKeptAndNotFetchedAgain()
    {
        var server = new Server(() => new StringContent("abc"));

        await FetchAsync(server, DigestOfAbc);
        await FetchAsync(server, DigestOfAbc);

        Assert.Equal("abc", await File.ReadAllTextAsync(Target, Token));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task File_OfAnotherDigest_IsNotKept()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(new Server(() => new StringContent("abd")), DigestOfAbc));

        Assert.Contains($"must have {DigestOfAbc}", thrown.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task File_ThatIsThereAndAnother_IsNamedAndLeftAlone()
    {
        _folder.CreateSubdirectory("source");
        await File.WriteAllTextAsync(Target, "abd", Token);

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(new Server(() => new StringContent("abc")), DigestOfAbc));

        Assert.Contains(Target, thrown.Message, StringComparison.Ordinal);
        Assert.Equal("abd", await File.ReadAllTextAsync(Target, Token));
    }

    [Fact]
    public async Task File_ThatIsTooLong_IsGivenUpWhateverItsHeadersSay()
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => FetchAsync(new Server(() => new StreamContent(new Endless())), digest: null));

        Assert.Contains("more than the 100000 bytes", thrown.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task File_ThatBreaksOff_LeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => FetchAsync(new Server(() => new StreamContent(new BreaksOff())), digest: null));

        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Write_OverAFile_KeepsTheOldOneUntilTheNewOneIsWhole()
    {
        _folder.CreateSubdirectory("source");
        await File.WriteAllTextAsync(Target, "old", Token);

        await Assert.ThrowsAsync<IOException>(() => WholeFile.WriteAsync(Target, file =>
        {
            file.WriteByte(1);
            throw new IOException("The disk is full.");
        }));

        Assert.Equal("old", await File.ReadAllTextAsync(Target, Token));
        Assert.Single(_folder.EnumerateFiles("*", SearchOption.AllDirectories));
    }

    private async Task FetchAsync(Server server, string? digest)
    {
        using var client = new HttpClient(server, disposeHandler: false);
        await new Downloads(client, mostBytes: 100_000).FetchAsync(Address, digest, Target, Token);
    }

    private void AssertNothingIsLeft() => Assert.Empty(_folder.EnumerateFiles("*", SearchOption.AllDirectories));

    private sealed class Server(Func<HttpContent> content) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content() });
        }
    }

    private class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class BreaksOff : Endless
    {
        private bool _hasBegun;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_hasBegun)
            {
                throw new IOException("The connection was cut.");
            }

            _hasBegun = true;
            return 1;
        }
    }
}
