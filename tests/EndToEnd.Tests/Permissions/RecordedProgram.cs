using System.Collections.Concurrent;
using EndToEnd.Tests.Setup;

namespace EndToEnd.Tests.Permissions;

/// <summary>What one program calls, with a recorder before each service.</summary>
/// <param name="kinesis">Where the stream is; null = a call there is an error.</param>
/// <param name="servers">The emulators; null = every call is an error.</param>
internal sealed class RecordedProgram(Uri? kinesis, Servers? servers) : IAsyncDisposable
{
    private const string Others = "";

    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly Dictionary<string, CallRecorder> _recorders = [];

    /// <summary>The IAM actions of all calls so far, in order.</summary>
    public IReadOnlyList<string> Actions => [.. _calls.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Where it finds a service.</summary>
    /// <param name="service">As in the name of the SDK's variable.</param>
    public Uri this[string service]
    {
        get
        {
            if (!_recorders.TryGetValue(service, out var recorder))
            {
                var target = service switch
                {
                    "KINESIS" => kinesis,
                    "DYNAMODB" => servers?.Tables.Endpoint,
                    Others => null,
                    _ => servers?.Sns.Endpoint,
                };
                _recorders[service] = recorder = new CallRecorder(target, _calls);
            }

            return recorder.Endpoint;
        }
    }

    /// <summary>The SDK's variables for all services: of those that no program is to call, too.</summary>
    public Dictionary<string, string?> Environment() => new[] { "KINESIS", "DYNAMODB", "SNS", "S3", Others }
        .ToDictionary(service => $"AWS_ENDPOINT_URL_{service}".TrimEnd('_'), service => (string?)this[service].ToString());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var recorder in _recorders.Values)
        {
            await recorder.DisposeAsync();
        }
    }
}
