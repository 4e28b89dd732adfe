using System.Text.Json;

namespace Support.Lambda;

/// <summary>An invocation between the call and its answer. The first answer counts.</summary>
internal sealed class PendingInvocation(ReadOnlyMemory<byte> payload, DateTimeOffset deadline)
{
    private readonly TaskCompletionSource<LambdaResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public DateTimeOffset Deadline { get; } = deadline;

    public Task<LambdaResult> Result => _result.Task;

    /// <summary>Takes the function's answer.</summary>
    /// <param name="errorType"><c>null</c> for a response.</param>
    /// <param name="body">The response or the error document.</param>
    /// <returns>Whether it was the first answer.</returns>
    public bool Complete(string? errorType, ReadOnlyMemory<byte> body) =>
        _result.TrySetResult(new LambdaResult(RequestId, errorType, body));

    /// <summary>Ends the invocation with an error of the service.</summary>
    /// <returns>Whether there was no answer before.</returns>
    public bool Fail(string errorType, string message)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            json.WriteString("errorType", errorType);
            json.WriteString("errorMessage", message);
            json.WriteEndObject();
        }

        return Complete(errorType, document.ToArray());
    }
}
