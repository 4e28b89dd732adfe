using Amazon.Lambda.Core;

namespace Benchmarks.Function;

/// <summary>An invocation with all the time there is.</summary>
internal sealed class BenchContext : ILambdaContext
{
    public string AwsRequestId => "bench";

    public IClientContext ClientContext => throw new NotSupportedException("a stream has no client");

    public string FunctionName => "bench";

    public string FunctionVersion => "1";

    public ICognitoIdentity Identity => throw new NotSupportedException("a stream has no caller");

    public string InvokedFunctionArn => "";

    public ILambdaLogger Logger => throw new NotSupportedException("the function has its own log");

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => TimeSpan.FromMinutes(1);
}
