namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation as the Runtime API handed it out. Owns the event bytes.</summary>
internal sealed record Invocation(MemoryStream Input, LambdaContext Context) : IDisposable
{
    public void Dispose() => Input.Dispose();
}
