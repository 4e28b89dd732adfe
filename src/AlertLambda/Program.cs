using AlertLambda;
using AlertLambda.Archive;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.Options;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Wire.Text;

// The raw stream: the Lambda runtime puts a prefix before every line of Console.Out, and then no line is JSON any more.
using var output = new StreamWriter(Console.OpenStandardOutput());
var log = new JsonLog(output, TimeProvider.System);
try
{
    if (ArchiveFunction.IsAsked(Environment.GetEnvironmentVariable))
    {
        return await ArchiveFunction.RunAsync(Environment.GetEnvironmentVariable, log);
    }

    var options = AlertOptionsReader.Read(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);
    var rules = RuleFolder.Load(options.RulesPath, log);

    // Short time-outs, few retries: a batch that stops in time is delivered again, one that hangs costs its whole time.
    using var sns = new AmazonSimpleNotificationServiceClient(new AmazonSimpleNotificationServiceConfig
    {
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 2,
        Timeout = TimeSpan.FromSeconds(5),
    });
    var publisher = new SnsAlertPublisher(sns, options.EmailTopicArn, options.ChatTopicArn, options.FindingsTopicArn);
    var function = new Function(rules, options.EnvironmentName, publisher, new LogQuarantine(log), log, TimeProvider.System, options.FindingsTopicArn is not null);
    using var bootstrap = LambdaBootstrapBuilder.Create<KinesisEvent, StreamsEventResponse>(
        function.HandleAsync, FunctionJsonContext.CreateSerializer()).Build();
    await bootstrap.RunAsync();
    return 0;
}
catch (InvalidOptionsException e)
{
    foreach (var fault in e.Faults)
    {
        log.Write(LogLevel.Error, "invalid-option", json => json.WriteString("fault", SafeText.Escape(fault)));
    }

    return 1;
}
