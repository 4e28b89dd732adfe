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
    private readonly TimeProvider _time;
    private readonly TokenBucket _rate;
    private string? _previous;

    /// <param name="options">Stream, region, endpoint and rate.</param>
    /// <param name="credentials">Null = those of the SDK's own chain (environment, profile, container, instance role), asked at each call.</param>
    /// <param name="time">Clock of the rate; null = the system's.</param>
    internal KinesisSink(AgentOptions options, AWSCredentials? credentials = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _rate = new TokenBucket(options.KinesisBytesPerSecond, _time);
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

        _kinesis = credentials is null ? new AmazonKinesisClient(config) : new AmazonKinesisClient(credentials, config);
    }

    /// <inheritdoc/>
    public string Name => $"kinesis stream {_stream}";

    /// <inheritdoc/>
    public bool IsSpooled => true;

    /// <inheritdoc/>
    public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        await Task.Delay(_rate.Take(batch.Bytes.Length), _time, cancellation);
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

            // Whatever else answers 200 has not put the record into a stream.
            if (string.IsNullOrEmpty(response.SequenceNumber))
            {
                return KinesisTrouble.NoReceipt;
            }

            _previous = response.SequenceNumber;
            return ShipOutcome.Delivered;
        }
        catch (InvalidArgumentException e) when (_previous is not null)
        {
            // The number belongs to a shard that was split, or to a stream that was made anew: order starts again here.
            _previous = null;
            return ShipOutcome.Retry($"the stream did not accept the previous sequence number ({e.Message})", "order");
        }
        catch (Exception e) when (e is not OperationCanceledException && KinesisTrouble.Of(e) is not null)
        {
            // A stream that was deleted and is made anew does not know the number.
            _previous = e is ResourceNotFoundException ? null : _previous;
            return KinesisTrouble.Of(e)!.Value;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ShipOutcome.Retry($"no answer within {CallTimeout.TotalSeconds:F0} s: look at routes, security groups and the VPC endpoint");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _kinesis.Dispose();
}
