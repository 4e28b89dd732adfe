using System.Text;

namespace Support.Lambda;

/// <summary>How an invocation ended.</summary>
/// <param name="RequestId">The id of the invocation.</param>
/// <param name="ErrorType">
/// The error's type as the function or the service names it, such as <c>JsonSerializerException</c>, <c>Runtime.ExitError</c>,
/// <c>Sandbox.Timedout</c> or <c>Function.ResponseSizeTooLarge</c>; <c>null</c> if the function responded.
/// </param>
/// <param name="Payload">The response, or the error document.</param>
public sealed record LambdaResult(string RequestId, string? ErrorType, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Whether the function responded. What the response says is another matter.</summary>
    public bool Succeeded => ErrorType is null;

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);
}
