package dev.sealpost.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import dev.sealpost.access.Role;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Problem;
import dev.sealpost.store.ChannelRow;
import dev.sealpost.store.DeliveryRow;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Messages;
import dev.sealpost.store.TestMessages;
import io.smallrye.common.annotation.Blocking;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/channels/{id}/deliveries} and {@code /test}: what a channel's other side said. */
@Path("/api/v1/channels/{id}")
@RolesAllowed(Role.OPERATOR)
public class DeliveriesResource {
    private static final int LAST = 20;

    private final Channels channels;
    private final Messages messages;
    private final TestMessages tests;
    private final Exits exits;
    private final Clock clock;

    DeliveriesResource(Channels channels, Messages messages, TestMessages tests, Exits exits, Clock clock) {
        this.channels = channels;
        this.messages = messages;
        this.tests = tests;
        this.exits = exits;
        this.clock = clock;
    }

    /** A message, and what became of it. */
    @Schema(name = "Delivery")
    record Item(
            UUID id,

            @Schema(
                    description =
                            "What was told: opened, updated, resolved, withdrawn, acknowledged, summary, digest, test")
            String kind,

            @Schema(description = "Of the most severe notice in it")
            String severity,

            @Schema(description = "What it says in one line")
            String subject,

            @Schema(description = "How many notices it tells of")
            int notices,

            Instant created,

            @Schema(description = "waiting, delivered or gave-up")
            String state,

            @Schema(description = "How often it was tried") int attempts,

            @Schema(description = "When it is tried next; null if it is not") @Nullable
            Instant next,

            @Schema(description = "When it was taken or given up; null if it waits") @Nullable
            Instant ended,

            @Schema(description = "HTTP status of the last answer; null if there was none") @Nullable
            Integer status,

            @Schema(description = "The beginning of the last answer, or what went wrong")
            String answer) {
        static Item of(DeliveryRow row) {
            return new Item(
                    row.id(),
                    row.kind(),
                    row.severity(),
                    row.subject(),
                    row.notices(),
                    row.created(),
                    row.state(),
                    row.attempts(),
                    row.next(),
                    row.ended(),
                    row.status(),
                    row.answer());
        }
    }

    /** The last deliveries. */
    @Schema(name = "Deliveries")
    record Deliveries(@Schema(description = "The last 20") List<Item> items) {}

    /** What came of a test. */
    @Schema(name = "ChannelTest")
    record Tested(
            @Schema(description = "Whether it was taken") boolean delivered,

            @Schema(description = "HTTP status of the answer; null if there was none") @Nullable
            Integer status,

            @Schema(description = "The beginning of the answer, or what went wrong")
            String answer) {}

    /** Lists the last deliveries. */
    @GET
    @Path("deliveries")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "deliveries", summary = "The last 20 messages of a channel, and what was answered")
    @APIResponse(
            responseCode = "200",
            description = "Newest first",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Deliveries.class)))
    @APIResponse(responseCode = "404", description = "No such channel")
    public Response deliveries(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        ChannelRow row = channels.find(ChannelsResource.known(id));
        return Response.ok(new Deliveries(
                        messages.last(row.id(), LAST).stream().map(Item::of).toList()))
                .build();
    }

    /** Sends a test. */
    @POST
    @Path("test")
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "testChannel",
            summary = "Sends a test message now, also to a channel that is switched off, and says what came of it")
    @APIResponse(
            responseCode = "200",
            description = "What came of it, also where nobody took it",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Tested.class)))
    @APIResponse(responseCode = "404", description = "No such channel")
    @APIResponse(responseCode = "429", description = "It was tested just now, or often; Retry-After says when to ask")
    public Response test(@Context UriInfo request, @PathParam("id") String id) {
        Parameters.of(request, List.of());
        ChannelRow row = channels.find(ChannelsResource.known(id));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        MessageRow message = new MessageRow(
                UUID.randomUUID(),
                row.id(),
                "test",
                null,
                "low",
                "Sealpost: test of the channel " + row.name(),
                "Somebody asked Sealpost to test this channel. Nothing is wrong; alerts will come like this.",
                "{}",
                0,
                now,
                0);
        Optional<Duration> wait = tests.begin(message);
        if (wait.isPresent()) {
            return Problem.of(429, "too-many-tests", "a channel is tested once in ten seconds and 20 times an hour")
                    .toResponse()
                    .header("Retry-After", wait.get().plusMillis(999).toSeconds())
                    .build();
        }
        Channel channel = Channel.of(row);
        Outcome outcome = exits.of(channel.type()).tell(channel, Message.of(message));
        tests.end(
                message.id(),
                outcome.isDelivered(),
                new Messages.Attempt(clock.instant(), outcome.status(), outcome.words()));
        return Response.ok(new Tested(outcome.isDelivered(), outcome.status(), outcome.words()))
                .build();
    }
}
