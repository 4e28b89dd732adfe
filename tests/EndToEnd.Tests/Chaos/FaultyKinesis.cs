using System.Net;
using Support.Servers;

namespace EndToEnd.Tests.Chaos;

/// <summary>Stands between the agent and the stream and does to single requests what networks and services do.</summary>
internal sealed class FaultyKinesis : LoopbackProxy
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(300);
    private int _fault;

    public FaultyKinesis(Uri target)
        : base(target) => Patience = TimeSpan.FromSeconds(5);

    /// <summary>What goes wrong from now on.</summary>
    public Fault Fault
    {
        get => (Fault)Volatile.Read(ref _fault);
        set => Volatile.Write(ref _fault, (int)value);
    }

    /// <inheritdoc/>
    protected override async Task AnswerAsync(HttpListenerContext context, byte[] body)
    {
        var fault = Fault;
        switch (fault)
        {
            case Fault.Refuses:
                context.Response.Abort();
                return;
            case Fault.Throttles:
                await WriteAsync(context, Error(400, "ProvisionedThroughputExceededException", "Rate exceeded for shard"));
                return;
            case Fault.Fails:
                await WriteAsync(context, Error(500, "InternalFailure", "The request failed"));
                return;
            case Fault.DoubtsTheClock:
                await WriteAsync(context, Error(400, "InvalidSignatureException", "Signature expired: 20200101T000000Z is now earlier than 20200101T001000Z"));
                return;
        }

        var answer = await ForwardAsync(context.Request, body);
        switch (fault)
        {
            case Fault.IsSlow:
                await Task.Delay(Slowness);
                break;
            case Fault.CutsAnswers:
                context.Response.ContentLength64 = answer.Body.Length;
                await context.Response.OutputStream.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2));
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
                return;
            case Fault.Lies:
                answer = Error(500, "InternalFailure", "The request failed");
                break;
        }

        await WriteAsync(context, answer);
    }

    private static ProxyAnswer Error(int status, string type, string message) =>
        ProxyAnswer.Of(status, "application/x-amz-json-1.1", $$"""{"__type":"{{type}}","message":"{{message}}"}""");
}
