using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using AwsCompat.TestFunction;

// A function that does what its records tell it to; see Handler.
var serializer = new SourceGeneratorLambdaJsonSerializer<FunctionJson>();
using var bootstrap = LambdaBootstrapBuilder
    .Create<KinesisEvent, StreamsEventResponse>(Handler.HandleAsync, serializer)
    .UseBootstrapHandler(StartAsync)
    .Build();
await bootstrap.RunAsync();

Task<bool> StartAsync() => args is ["--fail-at-start"]
    ? throw new InvalidOperationException("asked to fail at start")
    : Task.FromResult(true);
