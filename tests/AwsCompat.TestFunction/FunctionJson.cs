using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;

namespace AwsCompat.TestFunction;

[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
internal sealed partial class FunctionJson : JsonSerializerContext;
