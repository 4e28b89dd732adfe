using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.DynamoDBv2;
using Support.Servers;

namespace AlertLambda.Tests.State;

/// <summary>An HTTP server on loopback that answers every call of DynamoDB with one error.</summary>
internal sealed class StubDynamo : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _status;
    private readonly string _code;

    public StubDynamo(int status, string code)
    {
        (_status, _code) = (status, code);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        probe.Stop();
        _listener.Prefixes.Add(url);
        _listener.Start();
        Client = new AmazonDynamoDBClient(
            DummyAws.Credentials, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = DummyAws.Region, MaxErrorRetry = 0 });
        _ = AnswerAsync();
    }

    public AmazonDynamoDBClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _listener.Close();
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.StatusCode = _status;
                context.Response.ContentType = "application/x-amz-json-1.0";
                await context.Response.OutputStream.WriteAsync(
                    Encoding.UTF8.GetBytes($$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{_code}}","message":"said no"}"""));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }
}
