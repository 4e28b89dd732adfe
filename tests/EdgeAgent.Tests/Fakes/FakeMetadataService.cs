using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Tests.Fakes;

/// <summary>A metadata service on loopback that asks for a session token, as IMDSv2 does. Keeps what it was asked.</summary>
internal sealed class FakeMetadataService : IDisposable
{
    internal const string Document =
        """{"accountId":"123456789012","region":"eu-west-1","availabilityZone":"eu-west-1b","instanceId":"i-0abc","instanceType":"t4g.small","more":null}""";

    private readonly HttpListener _listener = new();
    private readonly string _token;
    private readonly string _document;
    private readonly bool _silent;

    internal FakeMetadataService(string document = Document, string token = "t0ken==", bool silent = false)
    {
        (_document, _token, _silent) = (document, token, silent);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Endpoint = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _ = AnswerAsync();
    }

    internal string Endpoint { get; }

    internal ConcurrentQueue<string> Asked { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
            if (!_silent)
            {
                await AnswerAsync(context);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var text = "";
        if (request is { HttpMethod: "PUT", Url.AbsolutePath: "/latest/api/token" } && request.Headers["X-aws-ec2-metadata-token-ttl-seconds"] is not null)
        {
            text = _token;
        }
        else if (request.Headers["X-aws-ec2-metadata-token"] != _token)
        {
            response.StatusCode = 401;
        }
        else if (request.Url!.AbsolutePath == "/latest/dynamic/instance-identity/document")
        {
            text = _document;
        }
        else
        {
            response.StatusCode = 404;
        }

        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        response.Close();
    }
}
