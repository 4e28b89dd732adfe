using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The context of one invocation: what the answer to "next" says in its headers, and what the environment says.
/// </summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly DateTimeOffset _deadline;

    /// <exception cref="InvalidDataException">
    /// The headers lack the request id, so the invocation could not be answered.
    /// </exception>
    public LambdaContext(HttpResponseHeaders headers)
    {
        AwsRequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id");
        if (AwsRequestId.Length == 0)
        {
            throw new InvalidDataException("The Runtime API handed out an invocation without Lambda-Runtime-Aws-Request-Id.");
        }

        InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id");
        _deadline = long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MaxValue;
        Logger = new LambdaLogger(AwsRequestId);
    }

    public string AwsRequestId { get; }

    public IClientContext? ClientContext => null;

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public ICognitoIdentity? Identity => null;

    public string InvokedFunctionArn { get; }

    public ILambdaLogger Logger { get; }

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;

    public TimeSpan RemainingTime => _deadline - DateTimeOffset.UtcNow;

    /// <summary>The X-Ray trace of this invocation, or empty.</summary>
    public string TraceId { get; }

    private static string Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : "";

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
