using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AlertLambda.Tests.Delivery;

/// <summary>An HTTP server on loopback that answers every request as SNS would, with the status and error code the test says.</summary>
internal sealed class FakeSns : IDisposable
{
    private readonly HttpListener _listener = new();

    public FakeSns()
    {
        Url = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Url { get; }

    /// <summary>Status and error code of the answers; 200 needs no code.</summary>
    public (int Status, string Code) Answer { get; set; } = (200, "");

    /// <summary>Decoded form fields of the last request.</summary>
    public Dictionary<string, string> LastForm { get; private set; } = [];

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                LastForm = (await reader.ReadToEndAsync()).Split('&').Select(p => p.Split('='))
                    .ToDictionary(p => p[0], p => WebUtility.UrlDecode(p[1]));
                context.Response.StatusCode = Answer.Status;
                context.Response.ContentType = "text/xml";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Body()));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }

    private string Body() => Answer.Status == 200
        ? """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>"""
        : $"""<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>{Answer.Code}</Code><Message>said no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>""";
}
