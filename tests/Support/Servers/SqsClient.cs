using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Servers;

/// <summary>The AWS JSON protocol of SQS, as far as an emulator that checks no signature needs it.</summary>
internal sealed class SqsClient(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = endpoint };

    /// <exception cref="InvalidOperationException">The server refused the call; the message holds its answer.</exception>
    public async Task<JsonElement> CallAsync(string operation, JsonObject parameters, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(parameters.ToJsonString()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", "AmazonSQS." + operation);
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(body.Length == 0 ? "{}" : body)
            : throw new InvalidOperationException($"SQS {operation} answered {(int)response.StatusCode}: {body}");
    }

    public void Dispose() => _http.Dispose();
}
