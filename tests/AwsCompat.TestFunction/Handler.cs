using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;

namespace AwsCompat.TestFunction;

/// <summary>
/// Obeys the text of each record: <c>ok</c>, <c>fail</c>, <c>throw</c>, <c>exit</c>, <c>hang</c>, <c>large</c> or <c>context</c>.
/// </summary>
internal static class Handler
{
    public static async Task<StreamsEventResponse> HandleAsync(KinesisEvent input, ILambdaContext context)
    {
        var failures = new List<StreamsEventResponse.BatchItemFailure>();
        foreach (var record in input.Records ?? [])
        {
            switch (Encoding.UTF8.GetString(record.Kinesis!.Data!.ToArray()))
            {
                case "fail":
                    failures.Add(new() { ItemIdentifier = record.Kinesis.SequenceNumber });
                    break;
                case "throw":
                    throw new InvalidOperationException("told to throw\nover two lines");
                case "exit":
                    Environment.Exit(3);
                    break;
                case "hang":
                    await Task.Delay(Timeout.Infinite);
                    break;
                case "large":
                    failures.Add(new() { ItemIdentifier = new string('x', 7 * 1024 * 1024) });
                    break;
                case "context":
                    context.Logger.LogInformation("first line\nsecond line");
                    failures.Add(new() { ItemIdentifier = Describe(context) });
                    break;
            }
        }

        return new StreamsEventResponse { BatchItemFailures = failures };
    }

    private static string Describe(ILambdaContext context) => string.Join(
        ' ',
        context.FunctionName,
        context.FunctionVersion,
        context.MemoryLimitInMB,
        context.InvokedFunctionArn,
        context.AwsRequestId.Length > 0,
        context.RemainingTime > TimeSpan.Zero && context.RemainingTime < TimeSpan.FromHours(1));
}
