namespace Amazon.Lambda.Core;

/// <summary>What Lambda tells a function about the invocation in hand. Valid until the handler returns.</summary>
public interface ILambdaContext
{
    /// <summary>The id of the invocation; a retry of the same request keeps it.</summary>
    string AwsRequestId { get; }

    /// <summary>Facts about a mobile client; <c>null</c> for every other caller.</summary>
    IClientContext? ClientContext { get; }

    /// <summary>The name of the function.</summary>
    string FunctionName { get; }

    /// <summary>The version that runs, <c>$LATEST</c> if none was published.</summary>
    string FunctionVersion { get; }

    /// <summary>The Cognito identity of a mobile caller; <c>null</c> for every other caller.</summary>
    ICognitoIdentity? Identity { get; }

    /// <summary>The ARN by which the function was called: of the function, a version or an alias.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the log of the function, each entry with the id of this invocation.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>The CloudWatch log group of the function.</summary>
    string LogGroupName { get; }

    /// <summary>The CloudWatch log stream of this execution environment.</summary>
    string LogStreamName { get; }

    /// <summary>The memory limit of the function in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>The time left until Lambda ends the invocation; negative once it is over.</summary>
    TimeSpan RemainingTime { get; }
}
