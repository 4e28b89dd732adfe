using System.Text.Json.Serialization;
using Amazon.Lambda.KinesisEvents;

namespace AwsCompat.Tests.Lambda;

[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
internal sealed partial class TestJson : JsonSerializerContext;
