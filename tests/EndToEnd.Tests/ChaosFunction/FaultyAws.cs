using System.Net;
using Support.Servers;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>Stands between one worker and one service and does to single calls what the test decides.</summary>
/// <param name="target">The service.</param>
/// <param name="decide">Called by several threads.</param>
/// <param name="done">Told of each call that the service did, and in which life of the worker it was made. Called by several threads.</param>
/// <param name="kill">Kills the worker.</param>
/// <param name="life">Which life of the worker this is.</param>
internal sealed class FaultyAws(Uri target, Func<AwsCall, Trouble> decide, Action<AwsCall, int> done, Func<Task> kill, Func<int> life) : LoopbackProxy(target)
{
    /// <inheritdoc/>
    protected override async Task AnswerAsync(HttpListenerContext context, byte[] body)
    {
        var madeIn = life();
        var call = AwsCall.Read(OperationOf(context.Request, body), body);
        var trouble = decide(call);
        switch (trouble)
        {
            case Trouble.KillBefore:
                await kill();
                context.Response.Abort();
                return;
            case Trouble.Throttle or Trouble.Fail or Trouble.Refuse:
                await WriteAsync(context, Refusal(trouble, call.Message is not null));
                return;
        }

        var answer = await ForwardAsync(context.Request, body);
        if (answer.IsSuccess)
        {
            done(call, madeIn);
        }

        switch (trouble)
        {
            case Trouble.KillAfter:
                await kill();
                context.Response.Abort();
                break;
            case Trouble.LoseAnswer:
                context.Response.Abort();
                break;
            default:
                await WriteAsync(context, answer);
                break;
        }
    }

    // As SNS and DynamoDB say it.
    private static ProxyAnswer Refusal(Trouble trouble, bool isSns)
    {
        var (status, code) = (trouble, isSns) switch
        {
            (Trouble.Throttle, true) => (400, "Throttled"),
            (Trouble.Throttle, false) => (400, "ProvisionedThroughputExceededException"),
            (Trouble.Refuse, true) => (403, "AuthorizationError"),
            (Trouble.Refuse, false) => (400, "AccessDeniedException"),
            (_, true) => (500, "InternalError"),
            _ => (500, "InternalServerError"),
        };
        return isSns
            ? ProxyAnswer.Of(status, "text/xml",
                $"""<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error><RequestId>r</RequestId></ErrorResponse>""")
            : ProxyAnswer.Of(status, "application/x-amz-json-1.0", $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{code}}","message":"no"}""");
    }
}
