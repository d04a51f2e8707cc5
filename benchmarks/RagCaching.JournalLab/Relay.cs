using System.Net;
using System.Net.Sockets;

namespace RagCaching.JournalLab;

/// <summary>Stands between a host and a server, so that the server can be killed for this host alone.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _host;
    private readonly int _port;

    private Relay(string host, int port) => (_host, _port) = (host, port);

    /// <summary>Gets the port to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Relay Start(string host, int port)
    {
        var relay = new Relay(host, port);
        relay._listener.Start();
        _ = relay.AcceptAsync();
        return relay;
    }

    /// <summary>Cuts all connections and takes no more.</summary>
    public void Kill()
    {
        _listener.Stop();
        _stop.Cancel();
    }

    public void Dispose()
    {
        Kill();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Killed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_host, _port, _stop.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _stop.Token), far.GetStream().CopyToAsync(near.GetStream(), _stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // Killed, or one side has gone.
        }
    }
}
