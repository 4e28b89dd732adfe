using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation: event bytes in, response bytes out. An exception becomes the error answer.</summary>
internal delegate Task<Stream> LambdaInvocationHandler(Stream input, ILambdaContext context);
