using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>The operations on topics.</summary>
internal static class TopicOperations
{
    public static readonly InvokeOptions CreateTopic = Operation<CreateTopicRequest, CreateTopicResponse>(
        "CreateTopic",
        static (form, request) =>
        {
            form.Optional("Name", request.Name);
            form.Attributes(request.Attributes);
        },
        static (xml, response) => response.TopicArn = xml.Text("TopicArn"));

    public static readonly InvokeOptions Subscribe = Operation<SubscribeRequest, SubscribeResponse>(
        "Subscribe",
        static (form, request) =>
        {
            form.Attributes(request.Attributes);
            form.Optional("Endpoint", request.Endpoint);
            form.Optional("Protocol", request.Protocol);
            form.Optional("ReturnSubscriptionArn", request.ReturnSubscriptionArn);
            form.Optional("TopicArn", request.TopicArn);
        },
        static (xml, response) => response.SubscriptionArn = xml.Text("SubscriptionArn"));

    public static readonly InvokeOptions Publish = Operation<PublishRequest, PublishResponse>(
        "Publish",
        static (form, request) =>
        {
            form.Optional("Message", request.Message);
            form.MessageAttributes(request.MessageAttributes);
            form.Optional("MessageDeduplicationId", request.MessageDeduplicationId);
            form.Optional("MessageGroupId", request.MessageGroupId);
            form.Optional("MessageStructure", request.MessageStructure);
            form.Optional("PhoneNumber", request.PhoneNumber);
            form.Optional("Subject", request.Subject);
            form.Optional("TargetArn", request.TargetArn);
            form.Optional("TopicArn", request.TopicArn);
        },
        static (xml, response) =>
        {
            response.MessageId = xml.Text("MessageId");
            response.SequenceNumber = xml.Text("SequenceNumber");
        });

    private static InvokeOptions Operation<TRequest, TResponse>(
        string action, Action<ParameterCollection, TRequest> write, Action<XElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new()
        {
            RequestMarshaller = new QueryMarshaller<TRequest>(action, write),
            ResponseUnmarshaller = new QueryUnmarshaller<TResponse>(action, read),
        };
}
