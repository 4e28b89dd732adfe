using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cdk.Tests.Bootstrap.Guest;

/// <summary>What EC2's instance metadata (IMDSv2) answers about a role's credentials, on a loopback port. Ends when disposed of.</summary>
internal sealed class MetadataService : IDisposable
{
    private const string Token = "token-of-the-metadata";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    internal MetadataService()
    {
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                var request = await reader.ReadLineAsync() ?? "";
                var hasToken = false;
                while (await reader.ReadLineAsync() is { Length: > 0 } header)
                {
                    hasToken |= header.Equals($"X-aws-ec2-metadata-token: {Token}", StringComparison.OrdinalIgnoreCase);
                }

                var body = Answer(request, hasToken);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {(body is null ? "401 Unauthorized" : "200 OK")}\r\nContent-Length: {body?.Length ?? 0}\r\nConnection: close\r\n\r\n{body}"));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was disposed of.
        }
    }

    private static string? Answer(string request, bool hasToken) => request.Split(' ') switch
    {
        ["PUT", "/latest/api/token", ..] => Token,
        ["GET", "/latest/meta-data/iam/security-credentials/", ..] when hasToken => "host-role",
        ["GET", "/latest/meta-data/iam/security-credentials/host-role", ..] when hasToken =>
            """{ "AccessKeyId": "dummy-access-key", "SecretAccessKey": "dummy-secret-key", "Token": "dummy-session-token" }""",
        _ => null,
    };
}
