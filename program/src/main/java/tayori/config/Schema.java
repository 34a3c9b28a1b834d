package tayori.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A settings record, read once by reflection.
///
/// @param keys its settings, in the order of the record
/// @param defaults what holds where the file is silent; nothing for a section that must be written out when it is used
record Schema(Class<?> type, List<Setting> keys, Optional<Object> defaults) {
    /// How often a key may occur.
    enum Shape {
        ONE,
        OPTIONAL,
        LIST
    }

    /// One setting.
    ///
    /// @param type of the value, or of an item of the list
    record Setting(
            String name,
            Shape shape,
            Class<?> type,
            Doc doc,
            Optional<Range> range,
            RecordComponent component) {
        boolean isSection() {
            return type.isRecord() && !Values.isValue(type);
        }

        /// The value that a section record holds for this key.
        Object of(Object section) {
            try {
                return component.getAccessor().invoke(section);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + name, e);
            }
        }
    }

    static Schema of(Class<?> type) {
        List<Setting> keys = new ArrayList<>();
        for (var component : type.getRecordComponents()) {
            Doc doc = component.getAnnotation(Doc.class);
            if (doc == null) {
                throw new IllegalStateException(type + "." + component.getName() + " has no @Doc");
            }
            Shape shape = Shape.ONE;
            Class<?> valueType = component.getType();
            if (component.getGenericType() instanceof ParameterizedType parameterized) {
                shape = component.getType() == Optional.class ? Shape.OPTIONAL : Shape.LIST;
                valueType = (Class<?>) parameterized.getActualTypeArguments()[0];
            }
            keys.add(
                    new Setting(
                            component.getName(),
                            shape,
                            valueType,
                            doc,
                            Optional.ofNullable(component.getAnnotation(Range.class)),
                            component));
        }
        return new Schema(type, List.copyOf(keys), defaultsOf(type));
    }

    private static Optional<Object> defaultsOf(Class<?> type) {
        try {
            return Optional.ofNullable(type.getField("DEFAULTS").get(null));
        } catch (NoSuchFieldException e) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read the defaults of " + type, e);
        }
    }

    Object make(@Nullable Object[] values) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }
}
