using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes entries to standard output, which Lambda sends to CloudWatch: time, request id, level, text, split by tabs.
/// </summary>
internal sealed class LambdaLogger(string requestId) : ILambdaLogger
{
    public void Log(string message) => Console.Out.Write(message);

    public void LogLine(string message) => Log("Information", message);

    public void Log(string level, string message)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        // CloudWatch makes an entry of each line, and shows a carriage return as a line break within one.
        Console.Out.WriteLine($"{time}\t{requestId}\t{level}\t{message.ReplaceLineEndings("\r")}");
    }
}
