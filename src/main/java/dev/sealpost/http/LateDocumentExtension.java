package dev.sealpost.http;

import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;

/** Puts {@link LateDocument} around the framework's description of the API, while the program is built. */
public class LateDocumentExtension implements BuildCompatibleExtension {
    /** The bean that the framework fills at the start. */
    @Enhancement(types = OpenApiDocumentService.class)
    public void late(ClassConfig service) {
        service.addAnnotation(LateDocument.Late.class);
    }
}
