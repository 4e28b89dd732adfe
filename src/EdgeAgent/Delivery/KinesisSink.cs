using Amazon;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using EdgeAgent.Batching;
using EdgeAgent.Options;

namespace EdgeAgent.Delivery;

/// <summary>One batch = one Kinesis record under the host's partition key, one at a time and in order.</summary>
/// <remarks>
/// PutRecord with SequenceNumberForOrdering is the only call of Kinesis that guarantees order (API reference, PutRecord). Records that
/// were put twice because an answer was lost have the same events: the receiver knows them by identity.
/// </remarks>
internal sealed class KinesisSink : IRecordSink, IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private readonly AmazonKinesisClient _kinesis;
    private readonly string _stream;
    private string? _previous;

    /// <summary>Credentials come from the SDK's own chain (environment, profile, container, instance role).</summary>
    internal KinesisSink(AgentOptions options)
    {
        _stream = options.KinesisStream ?? throw new ArgumentException("no stream name", nameof(options));

        // Not Adaptive: a client of one call a second never earns its tokens and blocks for half a minute.
        var config = new AmazonKinesisConfig { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = 2, Timeout = CallTimeout };
        if (options.KinesisRegion is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        if (options.KinesisEndpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.KinesisRegion;
        }

        _kinesis = new AmazonKinesisClient(config);
    }

    /// <inheritdoc/>
    public string Name => $"kinesis stream {_stream}";

    /// <inheritdoc/>
    public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        var bytes = batch.Bytes.ToArray();
        using var data = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
        var request = new PutRecordRequest
        {
            StreamName = _stream,
            PartitionKey = batch.HostId,
            SequenceNumberForOrdering = _previous,
            Data = data,
        };
        try
        {
            var response = await _kinesis.PutRecordAsync(request, cancellation);
            _previous = response.SequenceNumber;
            return ShipOutcome.Delivered;
        }
        catch (InvalidArgumentException e) when (_previous is not null)
        {
            // The number belongs to a shard that was split, or to a stream that was made anew: order starts again here.
            _previous = null;
            return ShipOutcome.Retry($"the stream did not accept the previous sequence number ({e.Message})");
        }
        catch (ResourceNotFoundException)
        {
            _previous = null;
            return ShipOutcome.Retry("the stream does not exist in this region and account: check kinesis.streamName and kinesis.region");
        }
        catch (ProvisionedThroughputExceededException)
        {
            return ShipOutcome.Retry("throttled: the stream needs more shards");
        }
        catch (AmazonServiceException e)
        {
            return ShipOutcome.Retry($"{e.ErrorCode}: {e.Message}");
        }
        catch (AmazonClientException e)
        {
            return ShipOutcome.Retry($"no credentials or no answer: {e.Message}");
        }
        catch (HttpRequestException e)
        {
            return ShipOutcome.Retry($"cannot reach the service: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ShipOutcome.Retry($"no answer within {CallTimeout.TotalSeconds:F0} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _kinesis.Dispose();
}
