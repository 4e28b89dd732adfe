using Amazon.CDK;
using Cdk;
using Cdk.Context;
using Environment = System.Environment;

try
{
    var props = PipelineContext.Read(ContextSource.FromEnvironment(), RepositoryRoot.Find());
    var app = new App(new AppProps { Outdir = Environment.GetEnvironmentVariable("CDK_OUTDIR") ?? "cdk.out" });
    var stack = new PipelineStack(app, $"EdgePipeline-{props.EnvironmentName}", props);
    var assembly = app.Synth();
    Console.Error.WriteLine($"Stack {stack.StackName} written to {assembly.Directory}");
    return 0;
}
catch (InvalidContextException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
