using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Amazon.Kinesis.Model;

namespace Support.Lambda;

/// <summary>What the answer of the function means for a batch, by Lambda's rules.</summary>
internal static class BatchVerdict
{
    /// <summary>
    /// The index of the first record to deliver again: the batch's length if all is done, 0 if the whole batch failed.
    /// </summary>
    /// <remarks>
    /// A function error fails the whole batch, and so does a response that is not understood: no JSON, or an item identifier that
    /// is missing, null, empty or of no record of the batch. No list, null or an empty one means success. Else the lowest
    /// sequence number of the list counts, whatever its order, and all from there on is delivered again.
    /// </remarks>
    public static int FirstToRepeat(LambdaResult result, IReadOnlyList<Record> batch, bool reportBatchItemFailures)
    {
        if (!result.Succeeded)
        {
            return 0;
        }

        return reportBatchItemFailures ? FromResponse(result.Payload, batch) : batch.Count;
    }

    private static int FromResponse(ReadOnlyMemory<byte> response, IReadOnlyList<Record> batch)
    {
        if (response.IsEmpty)
        {
            return batch.Count;
        }

        try
        {
            using var document = JsonDocument.Parse(response);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("batchItemFailures", out var failures)
                || failures.ValueKind == JsonValueKind.Null)
            {
                return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Null ? batch.Count : 0;
            }

            return failures.EnumerateArray().Select(failure => IndexOf(failure, batch)).DefaultIfEmpty(batch.Count).Min();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static int IndexOf(JsonElement failure, IReadOnlyList<Record> batch)
    {
        if (!failure.TryGetProperty("itemIdentifier", out var identifier)
            || !BigInteger.TryParse(identifier.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return 0;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            if (BigInteger.Parse(batch[i].SequenceNumber!, CultureInfo.InvariantCulture) == number)
            {
                return i;
            }
        }

        return 0;
    }
}
