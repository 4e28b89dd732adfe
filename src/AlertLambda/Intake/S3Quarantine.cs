using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AlertLambda.Logging;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Wire.Codec;
using Wire.Text;

namespace AlertLambda.Intake;

/// <summary>
/// Keeps a record as an object of a bucket, its bytes as they came, its metadata beside. The same record gets the same key whenever it is delivered. Where the
/// bucket refuses, the bytes go into the log: a record that is no frame never holds up its shard.
/// </summary>
/// <param name="s3">Client; belongs to the caller.</param>
/// <param name="bucket">Name of the bucket.</param>
/// <param name="otherwise">Gets what the bucket refuses.</param>
/// <param name="log">Is told where each record is.</param>
public sealed class S3Quarantine(IAmazonS3 s3, string bucket, IQuarantine otherwise, JsonLog log) : IQuarantine
{
    /// <summary>First part of all keys.</summary>
    public const string Prefix = "quarantine/";

    // S3 takes 2 KB of metadata in all.
    private const int MaxText = 256;

    /// <inheritdoc/>
    public async Task KeepAsync(StreamRecord record, FrameError error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var key = KeyOf(record);
        try
        {
            await s3.PutObjectAsync(Request(key, record, error), cancellationToken);
        }
        catch (AmazonServiceException e) when (e.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            && e.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout))
        {
            log.Write(LogLevel.Error, "quarantine-refused", json =>
            {
                json.WriteString("bucket", bucket);
                json.WriteString("reason", SafeText.Escape($"{e.ErrorCode}: {e.Message}"));
                json.WriteString("next", "the record is in the log instead: check that the bucket exists and that the function may put objects into it");
            });
            await otherwise.KeepAsync(record, error, cancellationToken);
            return;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new QuarantineException($"{e.GetType().Name}: {e.Message}", e);
        }

        log.Write(LogLevel.Warning, "quarantine", json =>
        {
            json.WriteString("bucket", bucket);
            json.WriteString("key", key);
            json.WriteString("shard", SafeText.Escape(record.ShardId));
            json.WriteString("sequenceNumber", record.SequenceNumber);
            json.WriteString("partitionKey", SafeText.Escape(record.PartitionKey));
            json.WriteString("error", error.Kind.ToString());
            json.WriteNumber("offset", error.Offset);
            json.WriteString("message", SafeText.Escape(error.Message));
            json.WriteNumber("bytes", record.Data.Length);
        });
    }

    private PutObjectRequest Request(string key, StreamRecord record, FrameError error)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = new MemoryStream(record.Data.ToArray()),
            ContentType = "application/octet-stream",
        };
        Add("shard", record.ShardId);
        Add("sequence", record.SequenceNumber ?? "");
        Add("partition-key", record.PartitionKey);
        Add("arrived", record.ArrivedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "");
        Add("error", error.Kind.ToString());
        Add("offset", error.Offset.ToString(CultureInfo.InvariantCulture));
        Add("message", error.Message);
        return request;

        // A header: printable ASCII, nothing empty.
        void Add(string name, string value)
        {
            var safe = new string([.. SafeText.Escape(value).Take(MaxText).Select(c => c is >= ' ' and <= '~' ? c : '?')]).Trim();
            if (safe.Length > 0)
            {
                request.Metadata.Add(name, safe);
            }
        }
    }

    // The numbers are Lambda's, so they are taken as they are only if they look so.
    private static string KeyOf(StreamRecord record)
    {
        var day = record.ArrivedAt?.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) ?? "undated";
        var shard = IsPlain(record.ShardId) ? record.ShardId : "shard-unknown";
        var name = record.SequenceNumber is { } number && IsPlain(number) ? number : Convert.ToHexStringLower(SHA256.HashData(record.Data.Span));
        return $"{Prefix}{day}/{shard}/{name}.bin";
    }

    private static bool IsPlain(string text) => text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
