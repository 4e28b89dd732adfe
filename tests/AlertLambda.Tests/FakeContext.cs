using Amazon.Lambda.Core;

namespace AlertLambda.Tests;

/// <summary>An invocation with as much time left as the test says.</summary>
internal sealed class FakeContext : ILambdaContext
{
    public Func<TimeSpan> Remaining { get; init; } = () => TimeSpan.FromSeconds(60);

    public string AwsRequestId => "request-1";

    public IClientContext ClientContext => throw new NotSupportedException("a stream has no client");

    public string FunctionName => "alerts";

    public string FunctionVersion => "1";

    public ICognitoIdentity Identity => throw new NotSupportedException("a stream has no caller");

    public string InvokedFunctionArn => "arn:aws:lambda:eu-west-1:123456789012:function:alerts";

    public ILambdaLogger Logger => throw new NotSupportedException("the function has its own log");

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => Remaining();
}
